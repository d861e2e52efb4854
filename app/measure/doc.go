// Package measure holds no program, only benchmarks over a real file of 100,000 or a million
// interactions with ten messages each: the list, beside the sqlite3 shell on the same file, exports, beside
// libxlsxwriter and the shell on the same rows, and erasures on a copy of the file, whose compaction stands
// beside the shell's VACUUM. The first load stands beside a plain loop that only downloads and one that only
// stores. They are started by "go run ./build bench list", "… export", "… erase" and "… load".
package measure
