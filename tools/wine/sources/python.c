/* python.exe and pythonw.exe: start the Python of the python311.dll beside them. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int (*main_function)(int, wchar_t **);

int wmain(int argc, wchar_t **argv) {
    static wchar_t path[32768];
    GetModuleFileNameW(NULL, path, 32768);
    wcscpy(wcsrchr(path, L'\\') + 1, L"python311.dll");
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!library) {
        fwprintf(stderr, L"cannot load %ls: %lu\n", path, GetLastError());
        return 103;
    }
    return ((main_function)(void *)GetProcAddress(library, "Py_Main"))(argc, argv);
}
