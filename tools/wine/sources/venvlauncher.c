/* The python.exe of an environment, as CPython's own: runs the one that pyvenv.cfg names, in a job, and waits. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static BOOL WINAPI ignore(DWORD event) { return TRUE; }

int wmain(void) {
    static wchar_t own[32768], file[32768], base[32768], line[32768];
    wchar_t name[260];
    GetModuleFileNameW(NULL, own, 32768);
    wcscpy(file, own);
    wchar_t *last = wcsrchr(file, L'\\');
    wcscpy(name, last + 1);
    *last = 0;
    wcscpy(wcsrchr(file, L'\\'), L"\\pyvenv.cfg");

    static char text[8192];
    FILE *opened = _wfopen(file, L"rb");
    char *home = NULL;
    if (opened) {
        text[fread(text, 1, sizeof text - 1, opened)] = 0;
        fclose(opened);
        home = strstr(text, "home = ");
    }
    if (!home) {
        fprintf(stderr, "No pyvenv.cfg file\n");
        return 106;
    }
    home += strlen("home = ");
    home[strcspn(home, "\r\n")] = 0;
    MultiByteToWideChar(CP_UTF8, 0, home, -1, base, 32000);
    wcscat(base, L"\\");
    wcscat(base, name);
    SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", own);

    /* What comes behind our own name stays as it was written. */
    wchar_t *rest = GetCommandLineW();
    if (*rest == L'"') {
        rest = wcschr(rest + 1, L'"');
        rest = rest ? rest + 1 : L"";
    } else {
        rest += wcscspn(rest, L" \t");
    }
    swprintf(line, 32768, L"\"%ls\"%ls", base, rest);

    HANDLE job = CreateJobObjectW(NULL, NULL);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits;
    DWORD code;
    QueryInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits, &code);
    limits.BasicLimitInformation.LimitFlags |=
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);

    STARTUPINFOW start;
    PROCESS_INFORMATION process;
    GetStartupInfoW(&start);
    start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
    start.dwFlags |= STARTF_USESTDHANDLES;
    SetConsoleCtrlHandler(ignore, TRUE);
    if (!CreateProcessW(base, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &process)) {
        fwprintf(stderr, L"Unable to create process using '%ls' (%lu)\n", base, GetLastError());
        return 101;
    }
    AssignProcessToJobObject(job, process.hProcess);
    CloseHandle(process.hThread);
    WaitForSingleObject(process.hProcess, INFINITE);
    GetExitCodeProcess(process.hProcess, &code);
    return (int)code;
}
