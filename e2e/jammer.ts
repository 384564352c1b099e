import { expect, type Locator, type Page } from '@playwright/test'
import { readCell, walkTo } from './roll.ts'

/** Somebody in a jam, by what they do and see: everything is found by role and label. */
export interface Jammer {
  readonly name: string
  readonly page: Page
  /** Opens a private jam of one's own; resolves when seated. */
  startJam(): Promise<void>
  /** Follows an invite; resolves when seated. */
  join(link: string): Promise<void>
  /** Loads the page anew; resolves when seated again. */
  reload(): Promise<void>
  /** After a page with an invite has loaded: joins if it asks, and resolves when seated. */
  arrive(): Promise<void>
  /** The link that lets others in. */
  link(): string
  /** Somebody's entry in the list of people. */
  person(name: string): Locator
  /** Opens the roll of one's own track, or of somebody else's. */
  openTrack(owner: string): Promise<void>
  /** Puts the note there, or takes it away, in the open roll. Steps count from 1. */
  toggle(pitch: number, step: number): Promise<void>
  /** What is said of one place of the open roll, such as "velocity 100, length 1". */
  place(pitch: number, step: number): Promise<string>
  play(): Promise<void>
  stop(): Promise<void>
  setTempo(bpm: number): Promise<void>
  choose(label: 'Steps' | 'Root' | 'Scale' | 'Step length', option: string): Promise<void>
  say(text: string): Promise<void>
  readonly chat: Locator
  readonly connection: Locator
  readonly sync: Locator
}

export function createJammer(page: Page, name: string): Jammer {
  const button = (label: string): Locator => page.getByRole('button', { name: label, exact: true })
  const seated = async (): Promise<void> => {
    await expect(page.getByRole('list', { name: 'People' })).toContainText(name)
  }

  async function arrive(): Promise<void> {
    const people = page.getByRole('list', { name: 'People' })
    await button('Join the jam').or(people).first().waitFor()
    if (await button('Join the jam').isVisible()) await button('Join the jam').click()
    await seated()
  }

  return {
    name,
    page,
    arrive,
    async reload() {
      await page.reload()
      await arrive()
    },
    async startJam() {
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await button('Start a private jam').click()
      await seated()
    },
    async join(link) {
      await page.goto(link)
      await page.getByRole('textbox', { name: 'Your name' }).fill(name)
      await button('Join the jam').click()
      await seated()
    },
    link: () => page.url(),
    person: (who) =>
      page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: who }),
    async openTrack(owner) {
      await button(owner === name ? 'Edit your track' : `Edit ${owner}'s track`).click()
    },
    async toggle(pitch, step) {
      await walkTo(page, pitch, step)
      await page.keyboard.press('Enter')
    },
    place: (pitch, step) => readCell(page, pitch, step),
    play: () => button('Play').click(),
    stop: () => button('Stop').click(),
    async setTempo(bpm) {
      const tempo = page.getByRole('spinbutton', { name: 'Tempo' })
      await tempo.fill(String(bpm))
      await tempo.press('Enter')
    },
    async choose(label, option) {
      await page.getByRole('combobox', { name: label }).selectOption({ label: option })
    },
    async say(text) {
      await page.getByRole('textbox', { name: 'Message' }).fill(text)
      await button('Send').click()
    },
    chat: page.getByRole('log', { name: 'Chat' }),
    connection: page.getByRole('status', { name: 'Connection' }),
    sync: page.getByRole('status', { name: 'Sync' }),
  }
}
