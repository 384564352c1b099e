import puppeteer, { type Browser, type Page } from 'puppeteer-core'

/** Somebody in a jam with Firefox, by what they do and see. */
export interface FirefoxJammer {
  /** Follows an invite; resolves when seated. */
  join(link: string): Promise<void>
  /** What the list of people says of somebody. */
  person(name: string): Promise<string>
  /** What the header says of the clock. */
  sync(): Promise<string>
  /** Writes a note where the cursor of the open roll stands. */
  write(): Promise<void>
  readonly page: Page
}

/** Starts it over WebDriver BiDi. */
export const launchFirefox = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    extraPrefsFirefox: {
      'media.autoplay.default': 0,
      'media.autoplay.blocking_policy': 0,
      // Where there is no sound card its sandbox waits for one, and the audio clock stands still.
      'media.cubeb.sandbox': false,
      // Names of mDNS need a multicast network, which a test machine may not have.
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.peerconnection.ice.loopback': true,
      'ui.prefersReducedMotion': 1,
    },
  })

export function createFirefoxJammer(page: Page, name: string): FirefoxJammer {
  const text = (selector: string): Promise<string> =>
    page.evaluate((query) => document.querySelector(query)?.textContent ?? '', selector)

  return {
    page,
    async join(link) {
      await page.goto(link)
      await page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(name)
      await page.locator('::-p-aria([name="Join the jam"][role="button"])').click()
      await page.waitForSelector('ul[aria-label=People]')
    },
    person: (who) =>
      page.evaluate(
        (wanted) =>
          [...document.querySelectorAll('ul[aria-label=People] li')].find(({ textContent }) =>
            textContent.includes(wanted),
          )?.textContent ?? '',
        who,
      ),
    sync: () => text('[role=status][aria-label=Sync]'),
    async write() {
      await page.focus('[role=gridcell]')
      await page.keyboard.press('Enter')
    },
  }
}
