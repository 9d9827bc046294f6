globalThis.cache = { entries: ['first'] };
throw new Error('boom');
