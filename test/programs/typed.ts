const x: number[] = [1];
export const isLong: boolean = x.length > 1;
debugger;
