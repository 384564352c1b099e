import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { syncFrame } from './doc-frames.ts'
import { ANSWER, judge, UPDATE } from './gate.ts'
import { ANAS_TRACK, createSongCopy } from './testing.ts'
import { walkUpdate } from './update-walk.ts'

const MANY = 1_000_000

/** A million random numbers from one seed. */
function randomly(): (below: number) => number {
  let seed = Number(process.env['SEED'] ?? 7) % 2_147_483_647 || 7
  return (below) => (seed = (seed * 48_271) % 2_147_483_647) % below
}

type Told = readonly string[]

/** What we read of an update; undefined when it is refused. */
function ours(update: Uint8Array): Told | undefined {
  const told: string[] = []
  try {
    walkUpdate(update, MANY, {
      struct: ({ kind, client, clock, length }) =>
        told.push(`${kind} ${client} ${clock} ${length}`),
      taken: ({ client, clock, length }) => told.push(`taken ${client} ${clock} ${length}`),
    })
  } catch {
    return undefined
  }
  return told.sort()
}

/** What Yjs reads of it; undefined when it throws. */
function theirs(update: Uint8Array): Told | undefined {
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    const told = structs.map((each) => {
      const kind = each instanceof Y.GC ? 'gc' : each instanceof Y.Skip ? 'skip' : 'item'
      return `${kind} ${each.id.client} ${each.id.clock} ${each.length}`
    })
    for (const [client, ranges] of ds.clients) {
      told.push(...ranges.map(({ clock, len }) => `taken ${client} ${clock} ${len}`))
    }
    return told.sort()
  } catch {
    return undefined
  }
}

/** Updates with all that a song has in them, and the whole they make. */
function honestUpdates(): readonly Uint8Array[] {
  const random = randomly()
  const { doc, verbs, sent } = createSongCopy()
  for (let edit = 0; edit < 120; edit++) {
    if (edit % 40 === 39) verbs.clearTrack(ANAS_TRACK)
    else verbs.toggleNote(ANAS_TRACK, random(8), 60 + random(3))
    if (edit % 7 === 0) verbs.setParam(ANAS_TRACK, 'waveform', edit % 2 === 0 ? 'sine' : 'square')
    const chat = doc.getArray('chat')
    if (edit % 9 === 0) chat.push([{ id: 'x', text: `é${String(edit)}`, atMs: edit / 7 }])
    if (edit % 30 === 0) chat.delete(0)
  }
  return [
    ...sent,
    Y.encodeStateAsUpdate(doc),
    Y.mergeUpdates([sent[1], sent[9]].flatMap((u) => u ?? [])),
  ]
}

test('[SYNC3] of an honest update we read what Yjs reads', () => {
  for (const update of honestUpdates()) {
    expect(ours(update)).toBeDefined()
    expect(ours(update)).toEqual(theirs(update))
  }
})

test('[SYNC3] of a broken one we read what Yjs reads, or nothing', () => {
  const random = randomly()
  const updates = honestUpdates().filter(({ length }) => length < 2000)
  let read = 0
  for (let count = 0; count < 5000; count++) {
    const broken = (updates[random(updates.length)] ?? new Uint8Array()).slice()
    const at = random(broken.length)
    broken[at] = (broken[at] ?? 0) ^ (1 << random(8))
    const told = ours(broken)
    if (told === undefined) continue
    read += 1
    expect(told).toEqual(theirs(broken))
  }

  expect(read).toBeGreaterThan(250)
})

/** An update of so many runs that are forgotten, one clock each. */
function tiny(structs: number, sections = 1): Uint8Array {
  const encoder = encoding.createEncoder()
  // Each is a 0, for what it is, and a 1, for its length.
  const runs = new Uint8Array(2 * structs).map((_, at) => at % 2)
  encoding.writeVarUint(encoder, sections)
  for (let section = 0; section < sections; section++) {
    for (const number of [structs, 7 + section, 0]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8Array(encoder, runs)
  }
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

test('[SYNC3] a crowd of tiny structs is refused, in an edit and in an answer, in one section and in many', () => {
  for (const update of [tiny(32_000), tiny(4_000_000), tiny(1000, 400)]) {
    expect(judge(syncFrame(UPDATE, update))).toEqual({
      ok: false,
      code: expect.any(String) as string,
    })
    expect(judge(syncFrame(ANSWER, update))).toMatchObject({ frame: { kind: 'unfit-answer' } })
  }

  expect(judge(syncFrame(UPDATE, tiny(100))), 'a few are none').toMatchObject({ ok: true })
})

test('[SYNC3] an honest song in which nothing was ever made small passes as an answer', () => {
  const doc = new Y.Doc()
  doc.clientID = 2 ** 48
  const notes = doc.getMap('notes')
  for (let entry = 0; entry < 60_000; entry++) notes.set(`a/${entry % 32}/${entry % 61}`, entry)

  expect(judge(syncFrame(ANSWER, Y.encodeStateAsUpdate(doc)))).toMatchObject({
    frame: { kind: 'update' },
  })
})
