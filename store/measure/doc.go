// Package measure holds no program, only a benchmark: the list over a real file of 100,000 or a
// million interactions with ten messages each, beside the sqlite3 shell on the same file. It
// is started by "go run ./build bench list".
package measure
