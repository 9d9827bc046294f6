"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.handlers = exports.Session = void 0;
exports.connect = connect;
class Session {
    id;
    constructor(id) {
        this.id = id;
    }
}
exports.Session = Session;
exports.handlers = [];
function connect(id) {
    const session = new Session(id);
    const onData = (payload) => payload.id + session.id;
    exports.handlers.push(onData);
    return session;
}
function main() {
    const current = connect(42);
    debugger;
    exports.handlers.push(() => current.id);
}
main();
//# sourceMappingURL=sessions.cjs.map