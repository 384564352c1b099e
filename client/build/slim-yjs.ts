import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const REFUSE = "throw new Error('a song has maps and lists only')"

/** What leads to texts and XML in the source of Yjs, and what stands in its place. */
const CUT: readonly (readonly [source: string, replacement: string])[] = [
  ['const readYText = _decoder => new YText();', `const readYText = () => { ${REFUSE} };`],
  [
    'const readYXmlElement = decoder => new YXmlElement(decoder.readKey());',
    `const readYXmlElement = () => { ${REFUSE} };`,
  ],
  [
    'const readYXmlFragment = _decoder => new YXmlFragment();',
    `const readYXmlFragment = () => { ${REFUSE} };`,
  ],
  [
    'const readYXmlHook = decoder =>\n  new YXmlHook(decoder.readKey());',
    `const readYXmlHook = () => { ${REFUSE} };`,
  ],
  ['const readYXmlText = decoder => new YXmlText();', `const readYXmlText = () => { ${REFUSE} };`],
  ['this.get(name, YText)', `(() => { ${REFUSE} })()`],
  ['(this.get(name, YXmlElement))', `(() => { ${REFUSE} })()`],
  ['this.get(name, YXmlFragment)', `(() => { ${REFUSE} })()`],
  ['cleanupYTextAfterTransaction(transaction);', `${REFUSE};`],
  ["env.getVariable('node_env') === 'development'", 'false'],
  ["import * as env from 'lib0/environment';", ''],
]

const MESH = "throw new Error('the mesh makes the links')"

/**
 * y-webrtc is given no signal server and no password, links and seals being our mesh's, and its room has a name that no
 * other tab has, so that nobody hears what it says on its BroadcastChannel (`jam/jam-provider.ts`).
 */
const CUT_IN_WEBRTC: typeof CUT = [
  ["import * as ws from 'lib0/websocket'", ''],
  [
    'export class SignalingConn extends ws.WebsocketClient {',
    'class SignalingConn extends Object {',
  ],
  [
    `(room, m) => cryptoutils.encrypt(m, room.key).then(data =>
  room.mux(() =>
    bc.publish(room.name, data)
  )
)`,
    '() => {}',
  ],
  ['cryptoutils.decrypt(new Uint8Array(data), key)', `(() => { ${MESH} })()`],
  // All that follows in `connect` is for other tabs.
  [
    `    announceSignalingInfo(this)
    const roomName = this.name
    bc.subscribe(roomName, this._bcSubscriber)
    this.bcconnected = true`,
    '    return',
  ],
  ['new SignalingConn(url)', `{ ${MESH} }`],
  ['cryptoutils.deriveKey(password, roomName)', `(() => { ${MESH} })()`],
  ['cryptoutils.encryptJson(data, room.key)', `(() => { ${MESH} })()`],
]

/** Every page has a window. */
const CUT_IN_BUFFER: typeof CUT = [
  ["import * as env from './environment.js'", ''],
  ['env.isBrowser ? toBase64Browser : toBase64Node', 'toBase64Browser'],
  ['env.isBrowser ? fromBase64Browser : fromBase64Node', 'fromBase64Browser'],
]

/**
 * The second update format is for the disk of others: here, Yjs itself writes it, to keep in memory what came too early.
 */
const SECOND_FORMAT = /(?<!class |extends )\b(Update|DS)(En|De)coderV2\b/g

/**
 * Builds Yjs without its texts and its XML, which no song has and the gate refuses (`jam/update-walk.ts`), and without
 * its second update format, and y-webrtc without what it says to signal servers and to other tabs: 9 kB less before the
 * first sound.
 *
 * @throws Error in a build with a Yjs whose source is another than the one this was written for
 */
export function slimYjs(): Plugin {
  return {
    name: 'slim-yjs',
    enforce: 'pre',
    apply: 'build',
    resolveId: (id) =>
      id === 'lib0/broadcastchannel'
        ? fileURLToPath(new URL('no-channel/broadcastchannel.mjs', import.meta.url))
        : null,
    transform(code, id) {
      if (id.endsWith('/lib0/buffer.js')) return CUT_IN_BUFFER.reduce(cut, code)
      if (id.endsWith('/y-webrtc/src/y-webrtc.js')) return CUT_IN_WEBRTC.reduce(cut, code)
      if (!id.endsWith('/yjs/dist/yjs.mjs')) return null
      const [body = '', face = '', ...rest] = code.split('\nexport {')
      if (face === '' || rest.length > 0) throw new Error('Yjs must have one list of exports')
      const slim = CUT.reduce(cut, body).replace(SECOND_FORMAT, '$1$2coderV1')
      return `${slim}\nexport {${face}`
    },
  }
}

function cut(code: string, [source, replacement]: (typeof CUT)[number]): string {
  if (code.split(source).length !== 2) throw new Error(`Yjs must have one "${source}"`)
  return code.replace(source, replacement)
}
