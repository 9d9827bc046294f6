const x: number[] = [1];
debugger;
