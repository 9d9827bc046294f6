// luxon 1.19: formatters of relative times are kept by their options, and the base of the comparison is one.
const { DateTime } = require('luxon');
const { rounds } = require('../rounds.cjs');

const delivery = DateTime.fromISO('2024-05-01T12:00:00Z');
rounds((number) => {
  delivery.toRelativeCalendar({ base: delivery.minus({ minutes: number }), locale: 'fi' });
});
