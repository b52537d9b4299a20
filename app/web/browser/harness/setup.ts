import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../../..')
const out = join(root, 'out/browser')

/** Runs a command of the repository, one of its kind at a time; what it says is shown if it fails. */
function alone(command: string, ...args: string[]): void {
  try {
    execFileSync('flock', [join(out, 'lock'), command, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** What the demo bank is made from: while it is the same, so is the bank of the day. */
function recipe(): string {
  const hash = createHash('sha256').update(new Date().toDateString())
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) {
        if (path !== 'app/web' && path !== 'app/bench') walk(path)
      } else if (/(?<!_test)\.(go|sql|json)$/.test(entry.name)) {
        const { mtimeMs, size } = statSync(join(root, path))
        hash.update(`${path} ${mtimeMs} ${size}\n`)
      }
    }
  }
  for (const folder of ['app', 'migrations', 'rbac', 'scoring']) walk(folder)
  return hash.digest('hex').slice(0, 12)
}

/** The demo bank, made once for the tests of the day. */
function demo(program: string): string {
  const folder = join(out, `demo-${recipe()}`)
  if (existsSync(folder)) return folder
  for (const old of readdirSync(out)) if (old.startsWith('demo-')) rmSync(join(out, old), { recursive: true, force: true })
  const making = `${folder}.${process.pid}`
  alone(program, 'demo', '--db', join(making, 'bank.db'), '--out', making, '--no-serve')
  if (existsSync(folder)) rmSync(making, { recursive: true })
  else renameSync(making, folder)
  return folder
}

/**
 * Builds the program with the web application in it, unless STEELYARD_BIN names one
 * that is built, and makes the demo bank. Afterwards nothing that others build
 * disturbs the tests: they have the program under a name of their own.
 */
export default function setup(): () => void {
  mkdirSync(out, { recursive: true })
  const built = process.env.STEELYARD_BIN
  if (!built) alone('make', 'build')
  const run = join(out, `run-${process.pid}`)
  mkdirSync(run, { recursive: true })
  const program = built ?? join(run, 'steelyard')
  if (!built) linkSync(join(root, 'bin/steelyard'), program)
  mkdirSync(join(out, 'logs'), { recursive: true })
  Object.assign(process.env, { BROWSER_PROGRAM: program, BROWSER_DEMO: demo(program), BROWSER_RUN: run })
  return () => rmSync(run, { recursive: true, force: true })
}
