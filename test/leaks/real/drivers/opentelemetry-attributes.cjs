// OpenTelemetry metrics: an attribute with as many values as there are users makes as many series.
const { MeterProvider } = require('@opentelemetry/sdk-metrics');
const { MetricReader } = require('@opentelemetry/sdk-metrics');
const { rounds } = require('../rounds.cjs');

class Reader extends MetricReader {
  async onForceFlush() {}
  async onShutdown() {}
}

const reader = new Reader();
const provider = new MeterProvider();
provider.addMetricReader(reader);
const requests = provider.getMeter('shop').createCounter('requests');
rounds(async (number) => {
  requests.add(1, { user: `user-${number}` });
  if (number % 20 === 19) await reader.collect();
});
