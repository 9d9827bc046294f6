class PageTemplate {
  constructor() {
    this.parts = ['<p>', '</p>'];
  }
}

const template = new PageTemplate();

export function render() {
  return template.parts.join('');
}
