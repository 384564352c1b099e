import { type Entry, isKnown, isOff, isSameDot, raise, type SheetState } from './sheet-base.ts'

/** What this tab knows of one track, whichever sheet it came on. */
export interface Ledger extends SheetState {
  readonly entries: Map<string, Entry>
  readonly known: Map<number, number>
  /** Places where the sheet that now counts stands behind what we know. */
  readonly behind: Set<string>
  /** Clients of whom we know more than the sheet that now counts: it cannot tell that what it lacks was taken away. */
  readonly ahead: Set<number>
  /** What sheets say they know of changes that have not come to us. */
  readonly claims: Map<number, number>
}

/** The first clock of a client of which the document has nothing yet. */
export type EndOf = (client: number) => number

/** A sheet may be ahead of us by the changes of so many clients; what it says of more is forgotten. */
const MAX_CLAIMS = 512

export const createLedger = ({ entries, known }: SheetState): Ledger => ({
  entries: new Map(entries),
  known: new Map(known),
  behind: new Set(),
  ahead: new Set(),
  claims: new Map(),
})

/** Takes in a sheet that no longer counts: of two changes the one that the other's writer knew of is the older. */
export function learn(ledger: Ledger, sheet: SheetState, endOf: EndOf): void {
  for (const [key, entry] of sheet.entries) {
    if (isKnown(ledger.known, entry.dot)) continue
    const mine = ledger.entries.get(key)
    if (mine === undefined || isKnown(sheet.known, mine.dot)) ledger.entries.set(key, entry)
  }
  for (const [key, mine] of ledger.entries) {
    if (!sheet.entries.has(key) && isKnown(sheet.known, mine.dot)) drop(ledger, key)
  }
  know(ledger, sheet.known, endOf)
}

/** Compares with the sheet that now counts: what is new to us is taken over, what is behind is marked. */
export function confront(ledger: Ledger, sheet: SheetState, endOf: EndOf): void {
  for (const [key, entry] of sheet.entries) confrontEntry(ledger, key, entry)
  for (const [key, mine] of ledger.entries) {
    if (sheet.entries.has(key)) continue
    if (isKnown(sheet.known, mine.dot)) drop(ledger, key)
    else ledger.behind.add(key)
  }
  ledger.ahead.clear()
  for (const [client, end] of ledger.known) {
    if (end > (sheet.known.get(client) ?? 0)) ledger.ahead.add(client)
  }
  know(ledger, sheet.known, endOf)
}

/** @param entry what the sheet that counts has in this place; its change is not yet counted as known */
export function confrontEntry(ledger: Ledger, key: string, entry: Entry): void {
  const mine = ledger.entries.get(key)
  const isNew = !isKnown(ledger.known, entry.dot) || isYounger(entry, mine)
  if (!isNew && !isAlike(key, mine, entry)) ledger.behind.add(key)
  else if (!isNew && mine === undefined) ledger.behind.delete(key)
  else accept(ledger, key, entry)
}

/** From now on the sheet is right about this place. */
export function accept(ledger: Ledger, key: string, entry: Entry | undefined): void {
  if (entry === undefined) drop(ledger, key)
  else ledger.entries.set(key, entry)
  ledger.behind.delete(key)
}

function drop(ledger: Ledger, key: string): void {
  ledger.entries.delete(key)
  ledger.behind.delete(key)
}

/** Whether both are of one writer, who wrote this one later. */
const isYounger = ({ dot }: Entry, mine: Entry | undefined): boolean =>
  mine !== undefined && dot.client === mine.dot.client && dot.clock > mine.dot.clock

function isAlike(key: string, mine: Entry | undefined, entry: Entry): boolean {
  // Of one and the same change some may know that it was taken away again.
  if (mine === undefined || isOff(key, mine.value)) return isOff(key, entry.value)
  return isSameDot(mine.dot, entry.dot)
}

/** Nobody knows the future: who says so would have every later change taken for one that was overwritten. */
function know(ledger: Ledger, known: ReadonlyMap<number, number>, endOf: EndOf): void {
  for (const [client, clock] of known) {
    const end = endOf(client)
    raise(ledger.known, client, Math.min(clock, end))
    const hasRoom = ledger.claims.size < MAX_CLAIMS || ledger.claims.has(client)
    if (clock > end && hasRoom) raise(ledger.claims, client, clock)
  }
}

/** Takes the claims for true as far as the document has now grown. To be called when its changes have been looked at. */
export function believe({ known, claims }: Ledger, endOf: EndOf): void {
  for (const [client, clock] of claims) {
    const end = endOf(client)
    raise(known, client, Math.min(clock, end))
    if (clock <= end) claims.delete(client)
  }
}
