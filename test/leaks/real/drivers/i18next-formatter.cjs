// i18next: formatters are kept by their options, and the value to be formatted is one of the options.
const i18next = require('i18next');
const { rounds } = require('../rounds.cjs');

const ready = i18next.init({
  lng: 'en',
  resources: { en: { translation: { paid: 'paid {{amount, number}}' } } },
});
rounds(async (number) => {
  await ready;
  i18next.t('paid', { amount: number });
});
