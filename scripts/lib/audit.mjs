/** Severities that fail the audit; what is milder is said, and waits for the next update. */
const GRAVE = ['high', 'critical']

/**
 * What `npm audit --json` says of the packages that are shipped.
 *
 * @param output  all that it printed, warnings included
 * @returns `unknown` and why, where no registry judged; otherwise who has a known hole, the gravest of each
 */
export function readAudit(output) {
  const report = parseReport(output)
  if (report === undefined) return { status: 'unknown', why: 'npm printed no report' }
  if (typeof report.auditReportVersion !== 'number') {
    return { status: 'unknown', why: 'the registry answers no audits' }
  }
  const found = Object.values(report.vulnerabilities ?? {}).map(({ name, severity }) => ({
    name,
    severity,
  }))
  const isGrave = found.some(({ severity }) => GRAVE.includes(severity))
  return { status: isGrave ? 'grave' : 'clear', found }
}

/** The report follows npm's warnings, which are lines of their own. */
function parseReport(output) {
  const from = output.search(/^\{/m)
  if (from < 0) return undefined
  try {
    return JSON.parse(output.slice(from, output.lastIndexOf('}') + 1))
  } catch {
    // Cut off, or no report at all.
    return undefined
  }
}
