export interface Tally {
  readonly passed: number
  readonly failed: number
}
export interface Skipped {
  readonly title: string
  readonly why: string | undefined
}
interface Suite {
  readonly specs?: readonly {
    readonly title: string
    readonly file?: string
    readonly tests: readonly {
      readonly status: string
      readonly results?: readonly {
        readonly error?: { readonly message: string; readonly location?: { readonly line: number } }
      }[]
      readonly annotations: readonly { readonly type: string; readonly description?: string }[]
    }[]
  }[]
  readonly suites?: readonly Suite[]
}
export function tallyLine(tally: Tally): string
/** What a part of the run says of itself in its last tally line; the part as one case when it says nothing. */
export function tallyOf(part: { readonly code: number; readonly output: string }): Tally
/** Says what was skipped and why, in a line of its own before the tally. */
export function skipLine(skipped: Skipped): string
/** The lines of a part of the run in which it says what it skipped, what failed, and what had to be played again. */
export function toldLinesOf(part: { readonly output: string }): readonly string[]
/** The tests of a Playwright report that were skipped, and why, as they say themselves. */
export function skippedTests(report: { readonly suites: readonly Suite[] }): readonly Skipped[]
export interface Failed {
  readonly title: string
  readonly file: string | undefined
  /** The error in one line, shortened. */
  readonly why?: string | undefined
}
/** Says what failed and why, in a line of its own, so that the end of a long log is enough to know. */
export function failLine(failed: Failed): string
/** Says what passed at a second try alone, and why not at the first: a busy machine, or a fault to look for. */
export function againLine(test: Failed): string
/** The tests of a Playwright report that failed at each try. */
export function failedTests(report: { readonly suites: readonly Suite[] }): readonly Failed[]
/** Those that passed at a second try alone. */
export function testsPlayedAgain(report: { readonly suites: readonly Suite[] }): readonly Failed[]
interface UnitReport {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    /** Why the file could not be run; empty when it could. */
    readonly message?: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly failureMessages?: readonly string[]
    }[]
  }[]
}
/** The tests of a Vitest report that failed; a file that could not be run counts by itself. */
export function failedUnitTests(report: UnitReport): readonly Failed[]
interface Report {
  readonly suites: readonly Suite[]
  readonly errors: readonly object[]
  readonly stats: Readonly<
    Record<'duration' | 'expected' | 'skipped' | 'unexpected' | 'flaky', number>
  >
}
/** Several Playwright reports as one; its duration is the sum of theirs, ms. */
export function joinReports(reports: readonly Report[]): Report
