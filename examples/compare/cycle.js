class Child {
  constructor(parent) {
    this.parent = parent;
  }
}

class Parent {
  children = [new Child(this)];
}

const family = new Parent();
debugger;
