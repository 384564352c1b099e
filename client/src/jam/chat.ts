import { MAX_CHAT_GRAPHEMES, type PeerId } from '@beatcord/shared'
import type * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import { parseName } from '../sequence/parse-name.ts'
import { START_WORDS } from '../words/start.ts'
import { docShape, MY_EDIT } from './doc-shape.ts'
import { migrate } from './schema.ts'
import { parseColour } from './track-meta.ts'

export interface ChatLine {
  readonly id: string
  /** Peer id of the writer: as the document has it while they are linked and from then on, else as they said. */
  readonly by: string
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
  /** 1 to 500 characters. */
  readonly text: string
  /** Wall clock, ms since 1970. */
  readonly atMs: number
}

/** Lines kept in the song; the writer of a further one takes the oldest away. */
export const MAX_CHAT_LINES = 200

export interface Chat {
  readonly lines: Live<readonly ChatLine[]>
  /** Adds a line at the end; its text is cut to 500 characters, and a blank one is not sent. */
  say(line: ChatLine): void
  /** To be called when somebody is linked: who wrote a line may be known now. */
  look(): void
  close: Undo
}

/**
 * @param mayEdit   whether more than a line may be written: a listener says it and leaves all else to the others
 * @param authorOf  who here writes under a Yjs client; undefined when nobody does
 */
export function createChat(
  doc: Y.Doc,
  maySay: () => boolean,
  mayEdit: () => boolean,
  authorOf: (client: number) => PeerId | undefined = () => undefined,
): Chat {
  const { chat } = docShape(doc)
  /** Whoever is gone said what they said. */
  const authors = new Map<number, PeerId>()
  const writerOf = (client: number): PeerId | undefined => {
    const author = authors.get(client) ?? authorOf(client)
    if (author !== undefined) authors.set(client, author)
    return author
  }
  const read = (): readonly ChatLine[] =>
    writtenIn(chat)
      .slice(-MAX_CHAT_LINES)
      .flatMap(({ client, value }) => {
        const line = parseChatLine(value)
        return line === undefined ? [] : [{ ...line, by: writerOf(client) ?? line.by }]
      })
  const lines = createLive(read())
  const show = (): void => {
    lines.set(read())
  }
  chat.observe(show)
  return {
    lines,
    say(line) {
      const text = parseChatText(line.text)
      if (text === undefined || !maySay()) return
      doc.transact(() => {
        if (mayEdit()) migrate(doc)
        chat.push([{ ...line, text }])
        const surplus = chat.length - MAX_CHAT_LINES
        if (surplus > 0 && mayEdit()) chat.delete(0, surplus)
      }, MY_EDIT)
    },
    look() {
      const next = read()
      const before = lines.read()
      if (next.some(({ by }, index) => by !== before[index]?.by)) lines.set(next)
    },
    close: () => {
      chat.unobserve(show)
    },
  }
}

/** All that stands there, oldest first, with the Yjs client that it was written under. */
function writtenIn(
  chat: Y.Array<unknown>,
): readonly { readonly client: number; readonly value: unknown }[] {
  const written: { readonly client: number; readonly value: unknown }[] = []
  for (let item = chat._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { client } = item.id
    for (const value of item.content.getContent() as readonly unknown[])
      written.push({ client, value })
  }
  return written
}

/** Longer input is not looked at. */
const MAX_INPUT_CHARS = 20 * MAX_CHAT_GRAPHEMES

/** Undefined when there is nothing to show. */
function parseChatText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.slice(0, MAX_INPUT_CHARS).trim()
  if (text.length <= MAX_CHAT_GRAPHEMES) return text === '' ? undefined : text
  const graphemes = [...new Intl.Segmenter('en').segment(text)].slice(0, MAX_CHAT_GRAPHEMES)
  return graphemes.map(({ segment }) => segment).join('')
}

function parseChatLine(value: unknown): ChatLine | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, by, name, colour, text, atMs } = value as Readonly<Record<string, unknown>>
  const said = parseChatText(text)
  if (typeof id !== 'string' || id.length > 64 || said === undefined) return undefined
  return {
    id,
    by: typeof by === 'string' ? by.slice(0, 64) : '',
    name: parseName(name) ?? START_WORDS.someone,
    colour: parseColour(colour),
    text: said,
    atMs: typeof atMs === 'number' && Number.isFinite(atMs) ? atMs : 0,
  }
}
