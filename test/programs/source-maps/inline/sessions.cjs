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
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoic2Vzc2lvbnMuY2pzIiwic291cmNlUm9vdCI6IiIsInNvdXJjZXMiOlsiLi4vc3JjL3Nlc3Npb25zLmN0cyJdLCJuYW1lcyI6W10sIm1hcHBpbmdzIjoiOzs7O0FBTUE7SUFDdUIsRUFBRTtJQUF2QixZQUFxQixFQUFVO2tCQUFWLEVBQUU7SUFBVyxDQUFDO0NBQ3BDOztBQUlZLFFBQUEsUUFBUSxHQUFjLEVBQUUsQ0FBQztBQUV0QyxpQkFBd0IsRUFBVTtJQUNoQyxNQUFNLE9BQU8sR0FBWSxJQUFJLE9BQU8sQ0FBQyxFQUFFLENBQUMsQ0FBQztJQUN6QyxNQUFNLE1BQU0sR0FBWSxDQUFDLE9BQWdCLEVBQVUsRUFBRSxDQUFDLE9BQU8sQ0FBQyxFQUFFLEdBQUcsT0FBTyxDQUFDLEVBQUUsQ0FBQztJQUM5RSxRQUFBLFFBQVEsQ0FBQyxJQUFJLENBQUMsTUFBTSxDQUFDLENBQUM7SUFDdEIsT0FBTyxPQUFPLENBQUM7QUFDakIsQ0FBQztBQUVELFNBQVMsSUFBSTtJQUNYLE1BQU0sT0FBTyxHQUFZLE9BQU8sQ0FBQyxFQUFFLENBQUMsQ0FBQztJQUNyQyxTQUFTO0lBQ1QsUUFBQSxRQUFRLENBQUMsSUFBSSxDQUFDLEdBQUcsRUFBRSxDQUFDLE9BQU8sQ0FBQyxFQUFFLENBQUMsQ0FBQztBQUNsQyxDQUFDO0FBRUQsSUFBSSxFQUFFLENBQUMifQ==