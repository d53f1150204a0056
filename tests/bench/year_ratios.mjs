// The goals of the engine, measured: each line one goal, what it asks of the ratio to a peer, and what this run gave.
//   node year_ratios.mjs RESULTS.jsonl     lines as the peers' bench.mjs and kiem-bench --json write them
// Medians of the runs. Only ratios within one run mean anything.
import fs from 'node:fs'

const lines = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => JSON.parse(line)).filter(r => !r.fail)
const size = lines.find(r => r.peer === 'kiem').size
const median = values => values.sort((a, b) => a - b)[values.length >> 1]
const of = (peer, phase, field) => {
  const found = lines.filter(r => r.peer === peer && r.size === size && r.phase === phase && Number.isFinite(r[field]))
  return found.length ? median(found.map(r => r[field])) : NaN
}
// peers save what they load in the fixture of B
const disk = peer => of(peer, 'B', 'saveBytes')
const grown = peer => of(peer, 'B', 'rssMB') - of(peer, 'B', 'rssBaseMB')

const same = 'sqlite-sec'
const goals = [
  ['A one operation a commit, op/s', of('kiem', 'A1', 'opsPerS'), of(same, 'A1', 'opsPerS'), '>=', 3, of('yjs-200', 'A1', 'opsPerS')],
  ['A 100 a commit, op/s', of('kiem', 'A100', 'opsPerS'), of(same, 'A100', 'opsPerS'), '>=', 3.5, of('yjs-200', 'A100', 'opsPerS')],
  ['A durable, by the wall, of raw flushes/s', of('kiem', 'A1', 'opsPerSWall'), of('kiem', 'A1', 'rawFlushes'), '>=', 0.7],
  ['B disk, bytes', disk('kiem'), disk(same), '<=', 0.6, disk('yjs-200')],
  ['B open to first answer, ms', of('kiem', 'B', 'cpuMs'), of(same, 'B', 'cpuMs'), '<=', 1, of('sqlite', 'B', 'cpuMs')],
  ['C merge, op/s', of('kiem', 'C', 'opsPerS'), of(same, 'C', 'opsPerS'), '>=', 5, of('yjs-200', 'C', 'opsPerS')],
  ['C bytes', of('kiem', 'C', 'bytes'), of(same, 'C', 'bytes'), '<=', 0.45, of('yjs-200', 'C', 'bytes')],
  ['E join, op/s', of('kiem', 'E', 'opsPerS'), of(same, 'E', 'opsPerS'), '>=', 6, of('yjs-200', 'E', 'opsPerS')],
  ['E bytes', of('kiem', 'E', 'bytes'), of(same, 'E', 'bytes'), '<=', 0.45, of('yjs-200', 'E', 'bytes')],
  ['F task board, ms', of('kiem', 'F', 'cpuMs'), of(same, 'F', 'cpuMs'), '<=', 1.2, of('sqlite', 'F', 'cpuMs')]
]
const fixed = [
  ['B memory, MB more', grown('kiem'), 10],
  ['D bytes', of('kiem', 'D', 'bytes'), 4.8 * 1024],
  ['D time, ms', of('kiem', 'D', 'cpuMs'), 4]
]
const figure = x => !Number.isFinite(x) ? '-' : Math.abs(x) >= 100 ? Math.round(x).toString() : x.toPrecision(3)
console.log(`Size ${size}. "same": ${same}, the peer that signs, encrypts and stores as Kiem does.\n`)
console.log('| goal | Kiem | same | ratio | asked | met | best peer | ratio |\n|---|---|---|---|---|---|---|---|')
for (const [name, kiem, peer, sense, factor, best] of goals) {
  const ratio = kiem / peer
  const met = sense === '>=' ? ratio >= factor : ratio <= factor
  console.log(`| ${name} | ${figure(kiem)} | ${figure(peer)} | ${figure(ratio)} | ${sense} ${factor} | ${met ? 'yes' : 'no'} | ${figure(best)} | ${figure(kiem / best)} |`)
}
for (const [name, kiem, most] of fixed) console.log(`| ${name} | ${figure(kiem)} | | | <= ${most} | ${kiem <= most ? 'yes' : 'no'} | | |`)
