// Package measure holds no program, only benchmarks over a real file of 100,000 or a million
// interactions with ten messages each: the list, beside the sqlite3 shell on the same file, and exports, beside
// libxlsxwriter and the shell on the same rows. They are started by "go run ./build bench list" and
// "… export".
package measure
