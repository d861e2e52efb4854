// Asks DuckDB, with one thread, what the benchmark hands over on its standard input, and writes the
// milliseconds that each time took. What is read of the answer is not measured.
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const { file, tables, times, statements } = JSON.parse(readFileSync(0, 'utf8'))
const instance = await DuckDBInstance.create(file, { threads: '1' })
const connection = await instance.connect()
for (const statement of tables ?? []) await connection.run(statement)
const took = []
for (let time = -1; statements && time < times; time++) {
  const begun = process.hrtime.bigint()
  for (const statement of statements) await connection.run(statement)
  if (time >= 0) took.push(Number(process.hrtime.bigint() - begun) / 1e6) // the first warms up
}
connection.closeSync()
instance.closeSync()
process.stdout.write(JSON.stringify(took))
