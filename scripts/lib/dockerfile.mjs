/** One line of a Dockerfile: `{ name, flags, words, text }`; `list` when it is written as JSON. */
export function parseDockerfile(text) {
  return text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseLine)
}

function parseLine(line) {
  const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? []
  if (name === undefined) throw new Error(`a step must begin with its name, got ${line}`)
  const [head] = /^(--\S+\s+)*/.exec(rest)
  const flags = Object.fromEntries(head.trim().split(/\s+/).filter(Boolean).map(parseFlag))
  const text = rest.slice(head.length)
  return { name: name.toUpperCase(), flags, text, words: text.split(/\s+/), list: parseList(text) }
}

function parseFlag(flag) {
  const [name, value = ''] = flag.slice(2).split('=')
  return [name, value]
}

const parseList = (text) => (text.startsWith('[') ? JSON.parse(text) : undefined)

/** What a `.dockerignore` keeps out, as a question about a path with forward slashes. Knows names, `*` and a leading `**`. */
export function parseDockerignore(text) {
  const patterns = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(toPattern)
  return (path) => patterns.some((pattern) => pattern.test(path))
}

function toPattern(line) {
  const anywhere = line.startsWith('**/')
  const name = anywhere ? line.slice(3) : line
  const body = name.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*')
  return new RegExp(`^${anywhere ? '(?:.*/)?' : ''}${body}(?:/|$)`)
}
