"use strict";var n=class{constructor(e){this.user=e}user},o=class{upload;session;constructor(e){this.upload=e,this.session=new n(e.name)}},a=class{items=[]},l=new a;function r(s){l.items.push(new o({name:s}))}process.on("message",r);r("a");r("b");globalThis.queue=l;debugger;
//# sourceMappingURL=beside.cjs.map
