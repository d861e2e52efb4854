/* Holds a file open, as programs do that let nobody else near it, until another file exists. */
#include <stdio.h>
#include <windows.h>

int wmain(int argc, WCHAR **argv) {
  if (argc < 3) return 2;
  HANDLE file = CreateFileW(argv[1], GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  puts("held");
  fflush(stdout);
  while (GetFileAttributesW(argv[2]) == INVALID_FILE_ATTRIBUTES) Sleep(20);
  return !CloseHandle(file);
}
