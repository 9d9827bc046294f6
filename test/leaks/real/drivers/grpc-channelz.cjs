// @grpc/grpc-js 1.4.1: the events of channels are kept for channelz, and so are channels that nobody closed.
const grpc = require('@grpc/grpc-js');
const { rounds } = require('../rounds.cjs');

rounds((number) => {
  const client = new grpc.Client(`127.0.0.1:${10_000 + number}`, grpc.credentials.createInsecure());
  client.getChannel().getConnectivityState(false);
});
