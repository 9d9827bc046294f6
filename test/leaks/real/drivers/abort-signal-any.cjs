// AbortSignal.any of a signal that lives on and one of the request: with a listener it never goes away.
const { rounds } = require('../rounds.cjs');

class UploadRequest {
  constructor(number) {
    this.number = number;
    this.timeout = new AbortController();
  }

  cancel() {
    this.cancelled = true;
  }
}

const shutdown = new AbortController();
rounds((number) => {
  const request = new UploadRequest(number);
  const either = AbortSignal.any([shutdown.signal, request.timeout.signal]);
  either.addEventListener('abort', () => request.cancel());
});
