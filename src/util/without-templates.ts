/** A C++ name without the arguments of its templates: `blink::HeapVector<…>`. */
export function withoutTemplates(name: string): string {
  const isCpp = /^[\w:() ]+::/.test(name);
  return isCpp ? name.replace(/<[\s\S]*>/, '<…>') : name;
}
