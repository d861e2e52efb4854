// Package packaging holds what the packages of Wapdesk are made of, apart from the programs that make them:
// the version, the definitions of installers and packages, icons, archives, licences and the bill of materials.
// The same commit gives the same bytes: every time in what it writes is the commit's.
package packaging
