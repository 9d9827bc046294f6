/** The width that COLUMNS gives, else that of the terminal; undefined without either. */
export function terminalColumns(
  stdout: { readonly columns?: number },
  { COLUMNS = '' }: Readonly<Record<string, string | undefined>>,
): number | undefined {
  return /^[1-9]\d{0,4}$/.test(COLUMNS) ? Number(COLUMNS) : stdout.columns || undefined;
}
