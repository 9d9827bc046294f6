import { foldOfLinks } from './links.js';

/** Folds Chrome's C++ objects between a page's function and the element that it listens to. */
export const pageListener = foldOfLinks({
  kind: 'blink-listener',
  recognises: {
    pattern:
      /^(V8EventListener|V8\w*(Handler|HandlerNonNull)|EventListener|blink::EventTargetData)$|^blink::.*RegisteredEventListener/,
  },
  meaning: () => ({ kind: 'page-listener' }),
});

/** Folds those for timers of a page. */
export const pageTimer = foldOfLinks({
  kind: 'blink-timer',
  recognises: {
    pattern:
      /^(ScheduledAction|DOMTimer|V8Function)$|^blink::.*DOMTimer|^blink::HeapHashTableBacking<.*blink::Supplement<blink::ExecutionContext>/,
  },
  meaning: () => ({ kind: 'page-timer' }),
});

/** Folds those for observers and other callbacks of a page. */
export const pageCallback = foldOfLinks({
  kind: 'blink-callback',
  recognises: { pattern: /^(V8\w+Callback|MutationObserver::Delegate)$/ },
  meaning: () => ({ kind: 'page-callback' }),
});
