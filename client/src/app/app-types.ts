import type { BarRow } from '../sequence/bar-picture.ts'
import type { Riff, RiffAuthor } from '../sequence/riff.ts'
import type { Live } from '../lib/live.ts'
import type { Arrival } from './session-types.ts'

/** What the address of a jam says about it. */
export type Invite =
  /** Its key is derived from its name: whoever guesses the name can listen. */
  | { readonly kind: 'open'; readonly name: string }
  /** It has a key of its own; `label` is for people, such as "Amber Otter's jam". */
  | { readonly kind: 'private'; readonly label: string }
  /** A private invite that lost its key on the way, or a part of it. */
  | { readonly kind: 'cut-off' }
  /** Nothing that could be a jam. */
  | { readonly kind: 'invalid' }

export type Route =
  { readonly page: 'lobby' | 'remix' } | { readonly page: 'jam'; readonly invite: Invite }

/** A copy of a riff, and the jam that is ready to begin with it. */
export interface Remix {
  readonly riff: Riff
  readonly href: string
}

/** Which jam to join. */
export type RoomChoice =
  | { readonly kind: 'open'; readonly name: string }
  /** A new one with a fresh random key. */
  | { readonly kind: 'private' }
  /** The one that the address names: only while the route is a jam with an open or private invite. */
  | { readonly kind: 'invited' }
  /** One of `recentJams`. */
  | { readonly kind: 'recent'; readonly href: string }

/** How the page looks: as this device does, or always one way. */
export type ThemeChoice = 'system' | 'dark' | 'light'

export interface RecentJam {
  readonly label: string
  /** Path and fragment: `/jam#…`. */
  readonly href: string
  readonly kind: 'open' | 'private'
  /** When this browser was last in it; wall clock, milliseconds since 1970. */
  readonly lastMs: number
}

/** What this browser remembers of a jam. */
export interface JamMemory {
  /** When it was last in it; wall clock, milliseconds since 1970. */
  readonly atMs: number
  /** Who was there too, latest first; 6 at most. */
  readonly people: readonly RiffAuthor[]
  /** The first bar of what was heard last. */
  readonly rows: readonly BarRow[]
}

/** A text field's word: what it stands for when accepted, else why not, as a sentence for people. */
export type Verdict =
  { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: string }

/** Where the page runs. */
export interface Environment {
  /** Whether the browser allows worklets and cryptography here: https, or localhost. */
  readonly secure: boolean
  /** Whether the address bar names this very computer, so that a copied link opens nowhere else. */
  readonly isLocalhost: boolean
  /** Origins that reach this server from the same network (`https://192.168.1.20:3000`); empty when unknown. */
  lanAddresses(): Promise<readonly string[]>
  /** Loads the page anew. */
  reload(): void
}

/** All that the ui gets. */
export interface AppServices {
  readonly route: Live<Route>
  /** The jam we are in: from a successful `join` until its `leave`. */
  readonly arrival: Live<Arrival | undefined>
  /** From the moment a jam is being joined, by a tap or by a reload, until we are in it or it failed. */
  readonly joining: Live<boolean>
  /** Latest first. */
  readonly recentJams: Live<readonly RecentJam[]>
  /** Of recent jams, by `href`. */
  readJamMemories(): Promise<ReadonlyMap<string, JamMemory>>
  readonly environment: Environment
  /** Whether this browser keeps its network address from the others; remembered, also from within a jam. */
  readonly hidesAddress: Live<boolean>
  setHidesAddress(hides: boolean): void
  /** Whether the browser offers to make an app of the page. */
  readonly canInstall: Live<boolean>
  /** Has the browser ask; to be called within a tap. */
  install(): Promise<void>
  /** Remembered by this browser. */
  readonly theme: Live<ThemeChoice>
  setTheme(choice: ThemeChoice): void
  /** The name this browser last used. */
  lastName(): string | undefined
  /** A friendly name such as "Amber Otter", another one each time. */
  suggestName(): string
  /** 1 to 20 characters. */
  validateName(text: string): Verdict
  /** 1 to 40 graphemes after NFKC. */
  validateRoomName(text: string): Verdict
  /**
   * Opens the jam: the address changes to its link, `route` and `arrival` follow. Called within a tap, so that sound
   * may begin. Remembers the name. Rejects with an `Error` whose message is a sentence for people.
   */
  join(room: RoomChoice, name: string): Promise<void>
  /** What the link holds that was opened; undefined when it is damaged. */
  openRemix(): Promise<Remix | undefined>
  /** Takes it off the list, and this browser's copy of its song and what it remembers of it away; what the server keeps stays. */
  forgetJam(href: string): Promise<void>
  /** Leaves an invite unanswered: back to the lobby. */
  goToLobby(): void
  /** Takes an error nobody expected. */
  report(error: unknown): void
}
