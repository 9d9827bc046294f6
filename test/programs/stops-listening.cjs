process.removeAllListeners('exit');
