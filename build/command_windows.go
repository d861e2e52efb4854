package main

import (
	"os"
	"os/exec"
	"strconv"
)

// ownGroup does nothing: a console's Ctrl-C reaches every process in it, and endGroup ends
// the tree by its parent.
func ownGroup(*exec.Cmd) {}

// endGroup ends cmd and what it started. Windows has no polite way for programs without a window.
func endGroup(cmd *exec.Cmd) error {
	if cmd.Process == nil {
		return os.ErrProcessDone
	}
	return exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
}

// killGroup does nothing: taskkill cannot find the children of a process that has ended.
func killGroup(*exec.Cmd) {}
