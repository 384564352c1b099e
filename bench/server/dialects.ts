import { PROTOCOL_VERSION, type ClientMessage, type ServerMessage } from '@beatcord/shared'

/** What the load speaks to; `announcing` is y-webrtc's server, joined as its client does. */
export type Tongue = 'ours' | 'stock' | 'announcing' | 'echo'

/** How one kind of server is spoken to. */
export interface Dialect {
  /** Behind the server's address. */
  readonly path: string
  /** What a socket says when it opens. @param key names the room */
  hello(key: string): readonly string[]
  /** What others call the one who is admitted by this frame; undefined where it admits nobody. */
  nameIn(text: string): string | undefined
  /** Whether the server answers a hello at all. */
  readonly isAnswered: boolean
  /** What is said before leaving. */
  readonly bye?: string
  signal(key: string, to: string, data: string): string
  /** The data of a signal; undefined where the frame is none. */
  dataIn(text: string): string | undefined
  /** Who takes a signal: the next of the room, or its sender. */
  readonly goesTo: 'next' | 'sender'
  /** How often one signal is delivered in a room of four, its sender counted. */
  readonly deliveries: number
}

/** As long as a name and a colour, sealed. */
const SEALED = 'A'.repeat(128)
/** As long as the id of a y-webrtc peer. */
const STOCK_PEER = '00000000-0000-4000-8000-000000000000'
/** As long as the id of one of our peers. */
const NOBODY = 'a'.repeat(26)

const words = (message: ClientMessage): string => JSON.stringify(message)

const ours: Dialect = {
  path: '/ws',
  hello: (authKey) => [
    words({ type: 'hello', version: PROTOCOL_VERSION, authKey, sealed: SEALED }),
  ],
  nameIn(text) {
    const message = JSON.parse(text) as ServerMessage
    return message.type === 'welcome' ? message.seat.peerId : undefined
  },
  isAnswered: true,
  bye: words({ type: 'leave' }),
  signal: (_key, to, data) => JSON.stringify({ type: 'signal', to, data }),
  dataIn(text) {
    const message = JSON.parse(text) as ServerMessage
    return message.type === 'signal' ? message.data : undefined
  },
  goesTo: 'next',
  deliveries: 1,
}

interface StockMessage {
  readonly type: string
  readonly data?: unknown
}

const subscribe = (topic: string): string => JSON.stringify({ type: 'subscribe', topics: [topic] })

const stock: Dialect = {
  path: '',
  hello: (key) => [subscribe(key)],
  nameIn: () => undefined,
  isAnswered: false,
  signal: (topic, _to, data) => JSON.stringify({ type: 'publish', topic, data }),
  dataIn(text) {
    const { data } = JSON.parse(text) as StockMessage
    return typeof data === 'string' ? data : undefined
  },
  goesTo: 'next',
  deliveries: 4,
}

const announcing: Dialect = {
  ...stock,
  hello: (topic) => [
    subscribe(topic),
    JSON.stringify({ type: 'publish', topic, data: { type: 'announce', from: STOCK_PEER } }),
  ],
  // The announcement comes back to whoever made it.
  nameIn: () => STOCK_PEER,
  isAnswered: true,
}

const echo: Dialect = {
  path: '',
  hello: ours.hello,
  nameIn: () => NOBODY,
  isAnswered: true,
  signal: ours.signal,
  dataIn: ours.dataIn,
  goesTo: 'sender',
  deliveries: 1,
}

export const DIALECTS: Readonly<Record<Tongue, Dialect>> = { ours, stock, announcing, echo }
