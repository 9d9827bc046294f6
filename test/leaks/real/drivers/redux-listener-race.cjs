// Redux Toolkit 1.9.1: each pause of a listener races with one promise that lives as long as the listener.
const { configureStore, createListenerMiddleware } = require('@reduxjs/toolkit');
const { rounds } = require('../rounds.cjs');

class PriceList {
  constructor(number) {
    this.prices = [number, number + 1];
  }
}

const listeners = createListenerMiddleware();
let pause;
listeners.startListening({
  type: 'start',
  effect: async (_, api) => {
    pause = api.pause;
    await new Promise(() => {});
  },
});
const store = configureStore({
  reducer: (state = {}) => state,
  middleware: () => [listeners.middleware],
});
store.dispatch({ type: 'start' });
rounds((number) => pause(Promise.resolve(new PriceList(number))));
