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
]

const MESH = "throw new Error('the mesh makes the links')"

/** y-webrtc is given no signal server and no password: links and seals are our mesh's. */
const CUT_IN_WEBRTC: typeof CUT = [
  ['new SignalingConn(url)', `{ ${MESH} }`],
  ['cryptoutils.deriveKey(password, roomName)', `(() => { ${MESH} })()`],
  ['cryptoutils.encryptJson(data, room.key)', `(() => { ${MESH} })()`],
]

/**
 * The second update format is for the disk of others: here, Yjs itself writes it, to keep in memory what came too early.
 */
const SECOND_FORMAT = /(?<!class |extends )\b(Update|DS)(En|De)coderV2\b/g

/**
 * Builds Yjs without its texts and its XML, which no song has and the gate refuses (`jam/update-walk.ts`), and without
 * its second update format: 7 kB less before the first sound.
 *
 * @throws Error in a build with a Yjs whose source is another than the one this was written for
 */
export function slimYjs(): Plugin {
  return {
    name: 'slim-yjs',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
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
