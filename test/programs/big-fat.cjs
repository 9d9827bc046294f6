class MyBigFatObject {}
const kept = Array.from({ length: 20_000 }, () => new MyBigFatObject());
debugger;
kept.length = 0;
