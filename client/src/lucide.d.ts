/** One icon a file: the package's own types know only the whole set. */
declare module 'lucide/dist/esm/icons/*.mjs' {
  const node: readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[]
  export default node
}
