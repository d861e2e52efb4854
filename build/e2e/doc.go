// Package e2e drives the built program's own window: WebKit on a virtual display, steered by
// WebKitWebDriver over the W3C protocol. The tests are behind the tag e2e, since they need the
// program ("go run ./build" makes it) and Debian's xvfb, dbus-daemon and webkit2gtk-driver.
//
// The program is the unchanged one that ships. Wails never allows a window to be automated;
// testdata/automation.c, loaded before WebKit's library, replaces the one function that
// creates the web view by one that allows it.
package e2e
