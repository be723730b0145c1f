; The installer for Windows, made by `python3 -m tools.bundle`, which defines FOLDER (what PyInstaller built), TARGET,
; VERSION, KILOBYTES, ICON and PICTURE. It runs for one user, without asking for rights; /ALLUSERS installs for everybody
; and asks for them, /S says nothing, /D=FOLDER (the last word, without quotes) is another folder.
; Exit codes: 0, 1 given up by hand, 2 not done; then everything is as it was before.

!ifdef TARGET_CPU ; amd64 where a Wine has nothing for 32 bits; the usual one runs on every Windows
  Target ${TARGET_CPU}-unicode
!endif
Unicode true
SetCompressor /SOLID lzma
SetDateSave off ; the same folder gives the same bytes
AllowSkipFiles off
ManifestDPIAware true
RequestExecutionLevel user

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Layerwise"
!define CLASSES "Software\Classes"
!define SESSION "Layerwise.Session"
!define SCHEME "layerwise"

Name "Layerwise ${VERSION}"
OutFile "${TARGET}"
BrandingText "Layerwise ${VERSION}"
!define USUAL "$LOCALAPPDATA\Programs\Layerwise"
InstallDir "${USUAL}" ; whoever browses for a folder gets one called so; .onInit chooses another one for all users

VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Layerwise"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Layerwise Setup"
VIAddVersionKey CompanyName "The Layerwise authors"
VIAddVersionKey LegalCopyright "MIT"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\layerwise.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The system's language decides; English where it is none of them.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "Japanese"

LangString COMMENT ${LANG_ENGLISH} "Learn neural networks by live experiments"
LangString COMMENT ${LANG_SIMPCHINESE} "用动手实验学习神经网络"
LangString COMMENT ${LANG_JAPANESE} "実験を動かしてニューラルネットワークを学びます"
LangString SESSION_NAME ${LANG_ENGLISH} "Layerwise session"
LangString SESSION_NAME ${LANG_SIMPCHINESE} "Layerwise 会话"
LangString SESSION_NAME ${LANG_JAPANESE} "Layerwiseセッション"
LangString RUNNING ${LANG_ENGLISH} "Layerwise is running, or a file of it is open. Close it, then try again."
LangString RUNNING ${LANG_SIMPCHINESE} "Layerwise 正在运行，或有文件被打开。请关闭后重试。"
LangString RUNNING ${LANG_JAPANESE} "Layerwiseが実行中か、そのファイルが開かれています。閉じてからやり直してください。"
LangString NOT_OURS ${LANG_ENGLISH} "$INSTDIR holds another program. Choose another folder."
LangString NOT_OURS ${LANG_SIMPCHINESE} "$INSTDIR 里已有别的程序。请换一个文件夹。"
LangString NOT_OURS ${LANG_JAPANESE} "$INSTDIR には別のプログラムがあります。別のフォルダーを選んでください。"
LangString NO_RIGHTS ${LANG_ENGLISH} "Nothing was changed: the rights of an administrator were not given."
LangString NO_RIGHTS ${LANG_SIMPCHINESE} "没有得到管理员权限，什么也没有改动。"
LangString NO_RIGHTS ${LANG_JAPANESE} "管理者の権限が得られなかったため、何も変更していません。"

; Chooses for whom: $R9 is 1 for all users. SHCTX is then HKLM, and the start menu everybody's.
!macro CHOOSE_CONTEXT
  ${If} $R9 == 1
    SetShellVarContext all
  ${Else}
    SetShellVarContext current
  ${EndIf}
!macroend

; Goes on as an administrator, with the same words, where it is for all users and this is none.
!macro NEED_RIGHTS PROGRAM WORDS
  ${If} $R9 == 1
    UserInfo::GetAccountType
    Pop $0
    ${If} $0 != "Admin"
      StrCpy $1 ""
      ${If} ${Silent}
        StrCpy $1 "/S "
      ${EndIf}
      ClearErrors
      ExecShellWait "runas" "${PROGRAM}" "$1${WORDS}"
      ${If} ${Errors}
        MessageBox MB_ICONSTOP "$(NO_RIGHTS)" /SD IDOK
        SetErrorLevel 2
      ${EndIf}
      Quit
    ${EndIf}
  ${EndIf}
!macroend

; Puts an installed program aside, whole or not at all: it cannot be moved while it runs. $R0 is its folder.
!macro PUT_ASIDE UN
Function ${UN}PutAside
  ${IfNot} ${FileExists} "$R0\layerwise.exe"
    Return
  ${EndIf}
  again:
  ClearErrors
  FileOpen $0 "$R0\layerwise.exe" a ; refused while it runs
  IfErrors busy ; which forgets the error
  FileClose $0
  ${If} ${FileExists} "$R0\_internal\*"
    RMDir /r "$R0\_internal.old"
    ClearErrors
    Rename "$R0\_internal" "$R0\_internal.old"
    IfErrors busy
  ${EndIf}
  Delete "$R0\layerwise.exe.old"
  Rename "$R0\layerwise.exe" "$R0\layerwise.exe.old"
  Return
  busy:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Abort "$(RUNNING)"
FunctionEnd

; Deletes what was put aside; the folder only where nothing else is left in it.
Function ${UN}DeleteAside
  RMDir /r "$R0\_internal.old"
  Delete "$R0\layerwise.exe.old"
FunctionEnd
!macroend
!insertmacro PUT_ASIDE ""
!insertmacro PUT_ASIDE "un."

; What Windows is told, each key here and below in UNREGISTER. A suffix is the last one to Windows: sessions and lessons
; are .json, for which Layerwise is offered and nothing more.
!macro REGISTER
  WriteRegStr SHCTX "${CLASSES}\${SESSION}" "" "Layerwise session"
  WriteRegStr SHCTX "${CLASSES}\${SESSION}" "FriendlyTypeName" "$(SESSION_NAME)"
  WriteRegStr SHCTX "${CLASSES}\${SESSION}\DefaultIcon" "" "$INSTDIR\layerwise.exe,0"
  WriteRegStr SHCTX "${CLASSES}\${SESSION}\shell\open\command" "" '"$INSTDIR\layerwise.exe" "%1"'
  WriteRegStr SHCTX "${CLASSES}\.json\OpenWithProgids" "${SESSION}" ""
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}" "" "URL:Layerwise"
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}" "URL Protocol" ""
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}\DefaultIcon" "" "$INSTDIR\layerwise.exe,0"
  WriteRegStr SHCTX "${CLASSES}\${SCHEME}\shell\open\command" "" '"$INSTDIR\layerwise.exe" "%1"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "Layerwise"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\layerwise.exe,0"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "The Layerwise authors"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  StrCpy $OUTDIR "%USERPROFILE%" ; where it starts: a folder that whoever starts it may write to
  CreateShortcut "$SMPROGRAMS\Layerwise.lnk" "$INSTDIR\layerwise.exe" "" "$INSTDIR\layerwise.exe" 0 SW_SHOWNORMAL "" \
    "$(COMMENT)"
!macroend

!macro UNREGISTER
  Delete "$SMPROGRAMS\Layerwise.lnk"
  DeleteRegKey SHCTX "${CLASSES}\${SESSION}"
  DeleteRegValue SHCTX "${CLASSES}\.json\OpenWithProgids" "${SESSION}"
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.json\OpenWithProgids" ; others' stay
  DeleteRegKey /ifempty SHCTX "${CLASSES}\.json"
  DeleteRegKey SHCTX "${CLASSES}\${SCHEME}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
!macroend

!macro TELL_SHELL
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

Function .onInit
  SetRegView 64
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ALLUSERS" $1
  StrCpy $R9 1
  ${If} ${Errors}
    StrCpy $R9 0
  ${EndIf}
  ${If} $INSTDIR == "${USUAL}"
    StrCpy $INSTDIR ""
  ${EndIf}
  StrCpy $2 "/ALLUSERS"
  ${If} $INSTDIR != ""
    StrCpy $2 "/ALLUSERS /D=$INSTDIR"
  ${EndIf}
  !insertmacro NEED_RIGHTS "$EXEPATH" "$2"
  !insertmacro CHOOSE_CONTEXT
  ReadRegStr $R8 SHCTX "${UNINSTALL_KEY}" "InstallLocation" ; where an older version is
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR $R8
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "${USUAL}"
    ${If} $R9 == 1
      StrCpy $INSTDIR "$PROGRAMFILES64\Layerwise"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section
  ${If} ${FileExists} "$INSTDIR\_internal"
  ${AndIfNot} ${FileExists} "$INSTDIR\layerwise.exe"
  ${AndIfNot} ${FileExists} "$INSTDIR\layerwise.exe.old"
    MessageBox MB_ICONSTOP "$(NOT_OURS)" /SD IDOK
    SetErrorLevel 2
    Abort "$(NOT_OURS)"
  ${EndIf}
  StrCpy $R7 "" ; .onInstFailed brings back what was put aside from now on
  StrCpy $R0 $INSTDIR
  Call PutAside
  StrCpy $R7 1
  ${If} $R8 != ""
  ${AndIf} $R8 != $INSTDIR
    StrCpy $R0 $R8
    Call PutAside
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  !insertmacro REGISTER
  StrCpy $R0 $INSTDIR
  Call DeleteAside
  ${If} $R8 != ""
  ${AndIf} $R8 != $INSTDIR
    StrCpy $R0 $R8
    Call DeleteAside
    Delete "$R8\uninstall.exe"
    RMDir "$R8"
  ${EndIf}
  !insertmacro TELL_SHELL
SectionEnd

; The version that was there comes back, in both folders.
!macro BRING_BACK FOLDER
  ${If} ${FileExists} "${FOLDER}\layerwise.exe.old"
    RMDir /r "${FOLDER}\_internal"
    Rename "${FOLDER}\_internal.old" "${FOLDER}\_internal"
    Delete "${FOLDER}\layerwise.exe"
    Rename "${FOLDER}\layerwise.exe.old" "${FOLDER}\layerwise.exe"
  ${EndIf}
!macroend

Function .onInstFailed
  ${If} $R7 == 1
    SetOutPath "$TEMP" ; out of the folder, so that it can be moved
    ${IfNot} ${FileExists} "$INSTDIR\layerwise.exe.old"
      RMDir /r "$INSTDIR\_internal"
      Delete "$INSTDIR\layerwise.exe"
    ${EndIf}
    !insertmacro BRING_BACK "$INSTDIR"
    ${If} $R8 != ""
    ${AndIf} $R8 != $INSTDIR
      !insertmacro BRING_BACK "$R8"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  StrCpy $R9 0
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
  ${OrIf} "$0\" == $INSTDIR
    StrCpy $R9 1
  ${EndIf}
  !insertmacro NEED_RIGHTS "$INSTDIR\uninstall.exe" ""
  !insertmacro CHOOSE_CONTEXT
FunctionEnd

; What lies beside the program, and settings and what was learned (in %LOCALAPPDATA%), are the learner's and stay.
Section Uninstall
  StrCpy $R0 $INSTDIR
  Call un.PutAside
  Call un.DeleteAside
  !insertmacro UNREGISTER
  !insertmacro TELL_SHELL
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
SectionEnd
