; The installer for Windows, for one person and without an administrator's rights.
; It is given VERSION, QUAD, SOURCE (the program), LICENCES, ICON and OUT, and ARM64 for that processor; its own
; program is then one of 32 bits, which every Windows there runs. QUICK is for tests, whose installers nobody
; downloads.
;
; Silent: /S installs to the usual folder, /D=FOLDER to another. The uninstaller, silent too, keeps the data
; unless it is given /DATA. Exit codes: 0 done, 3 installed but without the WebView2 runtime that the window
; needs and that could not be fetched.

Unicode true
!ifndef ARM64
Target amd64-unicode
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include nsDialogs.nsh
!include WinMessages.nsh

Name "Wapdesk"
OutFile "${OUT}"
BrandingText "Wapdesk ${VERSION}"
RequestExecutionLevel user
ManifestDPIAware true
InstallDir "$LOCALAPPDATA\Programs\Wapdesk"
InstallDirRegKey HKCU "Software\Wapdesk" "Folder"
!ifdef QUICK
SetCompressor zlib
!else
SetCompressor /SOLID lzma
!endif
SetDateSave off
CRCCheck force

VIProductVersion "${QUAD}"
VIAddVersionKey "ProductName" "Wapdesk"
VIAddVersionKey "FileDescription" "Wapdesk"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "Wapdesk"
VIAddVersionKey "LegalCopyright" ""

!ifdef SIGN
!uninstfinalize '${SIGN} "%1"'
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\wapdesk.exe"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Wapdesk"
!define WEBVIEW "Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}"
!define WEBVIEW_ADDRESS "https://go.microsoft.com/fwlink/p/?LinkId=2124703"

Var NoWebView

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
Page custom WebViewPage
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Czech"

LangString InUse ${LANG_ENGLISH} "Wapdesk is open. Close it, then try again."
LangString InUse ${LANG_CZECH} "Wapdesk je otevřený. Zavřete jej a zkuste to znovu."
LangString Fetching ${LANG_ENGLISH} "Fetching Microsoft's WebView2 runtime, which the window needs"
LangString Fetching ${LANG_CZECH} "Stahuje se běhové prostředí Microsoft WebView2, které okno potřebuje"
LangString WebViewTitle ${LANG_ENGLISH} "One part is missing"
LangString WebViewTitle ${LANG_CZECH} "Jedna součást chybí"
LangString WebViewSubtitle ${LANG_ENGLISH} "Wapdesk is installed. Its window does not open yet."
LangString WebViewSubtitle ${LANG_CZECH} "Wapdesk je nainstalovaný. Jeho okno se zatím neotevře."
LangString WebViewText ${LANG_ENGLISH} "The window needs Microsoft's WebView2 runtime, and it could not be fetched. Perhaps there is no connection, or downloads are blocked.$\r$\n$\r$\nInstall it from the address below, or ask those who look after this computer to do so. Until then “wapdesk serve” shows the same screens in a browser, and all other commands work."
LangString WebViewText ${LANG_CZECH} "Okno potřebuje běhové prostředí Microsoft WebView2 a to se nepodařilo stáhnout. Počítač možná není připojený nebo má stahování zakázané.$\r$\n$\r$\nNainstalujte je z adresy níže, nebo o to požádejte správce počítače. Do té doby ukáže stejné obrazovky v prohlížeči příkaz „wapdesk serve“ a ostatní příkazy fungují."
LangString RemoveData ${LANG_ENGLISH} "Remove the data on this computer as well? That is every downloaded interaction, waiting changes that were not sent, views and templates, attachments, saved sign-ins and the list of what was anonymised, all in$\r$\n$\r$\n$APPDATA\wapdesk$\r$\n$\r$\nExported files elsewhere stay."
LangString RemoveData ${LANG_CZECH} "Odstranit i data v tomto počítači? To jsou všechny stažené interakce, čekající neodeslané změny, pohledy a šablony, přílohy, uložená přihlášení a seznam anonymizovaného, vše ve složce$\r$\n$\r$\n$APPDATA\wapdesk$\r$\n$\r$\nExportované soubory jinde zůstanou."
LangString DataStays ${LANG_ENGLISH} "Some data could not be removed. They are still in $APPDATA\wapdesk."
LangString DataStays ${LANG_CZECH} "Některá data se nepodařilo odstranit. Zůstávají ve složce $APPDATA\wapdesk."

Function .onInit
	SetShellVarContext current
	StrCpy $NoWebView 0
FunctionEnd

; What is there of WebView2, for everybody or for this person, goes on the stack; nothing is "" or 0.0.0.0.
Function FindWebView
	SetRegView 32
	ReadRegStr $0 HKLM "Software\${WEBVIEW}" "pv"
	SetRegView default
	${If} $0 == ""
	${OrIf} $0 == "0.0.0.0"
		ReadRegStr $0 HKCU "Software\${WEBVIEW}" "pv"
	${EndIf}
	${If} $0 == "0.0.0.0"
		StrCpy $0 ""
	${EndIf}
	Push $0
FunctionEnd

Section
	SetOutPath "$INSTDIR"
	again:
	ClearErrors
	SetOverwrite try
	File "${SOURCE}"
	${If} ${Errors}
		IfSilent 0 +3
		SetErrorLevel 2
		Abort
		MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" IDRETRY again
		Abort
	${EndIf}
	SetOverwrite on
	File "${LICENCES}"
	WriteUninstaller "$INSTDIR\uninstall.exe"
	CreateShortcut "$SMPROGRAMS\Wapdesk.lnk" "$INSTDIR\wapdesk.exe"
	WriteRegStr HKCU "Software\Wapdesk" "Folder" "$INSTDIR"
	WriteRegStr HKCU "Software\Classes\wapdesk" "" "URL:Wapdesk"
	WriteRegStr HKCU "Software\Classes\wapdesk" "URL Protocol" ""
	WriteRegStr HKCU "Software\Classes\wapdesk\DefaultIcon" "" "$INSTDIR\wapdesk.exe,0"
	WriteRegStr HKCU "Software\Classes\wapdesk\shell\open\command" "" '"$INSTDIR\wapdesk.exe" "%1"'
	WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Wapdesk"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
	WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\wapdesk.exe"
	WriteRegStr HKCU "${UNINSTALL}" "Publisher" "Wapdesk"
	WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
	WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
	WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
	WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
	WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
	${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
	WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"

	Call FindWebView
	Pop $0
	${If} $0 == ""
		DetailPrint "$(Fetching)"
		InitPluginsDir
		nsExec::Exec '"$SYSDIR\curl.exe" -fsSL --connect-timeout 15 --max-time 120 -o "$PLUGINSDIR\MicrosoftEdgeWebview2Setup.exe" "${WEBVIEW_ADDRESS}"'
		Pop $0
		${If} $0 == 0
			ExecWait '"$PLUGINSDIR\MicrosoftEdgeWebview2Setup.exe" /silent /install'
		${EndIf}
		Call FindWebView
		Pop $0
		${If} $0 == ""
			StrCpy $NoWebView 1
			SetErrorLevel 3
		${EndIf}
	${EndIf}
SectionEnd

Function WebViewPage
	${If} $NoWebView == 0
		Abort
	${EndIf}
	!insertmacro MUI_HEADER_TEXT "$(WebViewTitle)" "$(WebViewSubtitle)"
	nsDialogs::Create 1018
	Pop $0
	${NSD_CreateLabel} 0 0 100% 70u "$(WebViewText)"
	Pop $0
	${NSD_CreateLink} 0 80u 100% 12u "${WEBVIEW_ADDRESS}"
	Pop $0
	${NSD_OnClick} $0 OpenWebViewAddress
	nsDialogs::Show
FunctionEnd

Function OpenWebViewAddress
	ExecShell "open" "${WEBVIEW_ADDRESS}"
FunctionEnd

Function un.onInit
	SetShellVarContext current
FunctionEnd

; Each profile goes by the program's own command, which takes its sign-in from the Credential Manager too.
Function un.RemoveData
	FindFirst $0 $1 "$APPDATA\wapdesk\*"
	${DoWhile} $1 != ""
		StrCpy $2 $1 1
		${If} $2 != "."
		${AndIf} ${FileExists} "$APPDATA\wapdesk\$1\*"
			nsExec::Exec '"$INSTDIR\wapdesk.exe" wipe --yes --forget-erasures --profile "$1"'
			Pop $2
		${EndIf}
		FindNext $0 $1
	${Loop}
	FindClose $0
	RMDir /r "$APPDATA\wapdesk"
	${If} ${FileExists} "$APPDATA\wapdesk\*"
		MessageBox MB_OK|MB_ICONEXCLAMATION "$(DataStays)" /SD IDOK
		SetErrorLevel 2
	${EndIf}
FunctionEnd

Section "Uninstall"
	${If} ${FileExists} "$APPDATA\wapdesk\*"
		${GetParameters} $0
		ClearErrors
		${GetOptions} $0 "/DATA" $1
		${IfNot} ${Errors}
			Call un.RemoveData
		${Else}
			MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(RemoveData)" /SD IDNO IDNO keep
			Call un.RemoveData
			keep:
		${EndIf}
	${EndIf}
	again:
	ClearErrors
	Delete "$INSTDIR\wapdesk.exe"
	${If} ${Errors}
		MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(InUse)" /SD IDCANCEL IDRETRY again
		SetErrorLevel 2
		Abort
	${EndIf}
	Delete "$INSTDIR\licences.txt"
	Delete "$INSTDIR\uninstall.exe"
	RMDir "$INSTDIR"
	RMDir "$LOCALAPPDATA\Programs" ; and what stood there for Wapdesk alone
	Delete "$SMPROGRAMS\Wapdesk.lnk"
	RMDir /r "$LOCALAPPDATA\wapdesk" ; what WebView2 keeps for the window
	DeleteRegKey HKCU "${UNINSTALL}"
	DeleteRegKey HKCU "Software\Classes\wapdesk"
	DeleteRegKey HKCU "Software\Wapdesk"
	; What the window library keeps for notifications: a class of its own, named by the program's key.
	ReadRegStr $0 HKCU "Software\Classes\AppUserModelId\wapdesk.exe" "CustomActivator"
	${If} $0 != ""
		DeleteRegKey HKCU "Software\Classes\CLSID\$0"
		Delete "$TEMP\wapdesk.exe$0.png"
	${EndIf}
	DeleteRegKey HKCU "Software\Classes\AppUserModelId\wapdesk.exe"
	DeleteRegKey /ifempty HKCU "Software\Classes\AppUserModelId"
	DeleteRegKey /ifempty HKCU "Software\Classes\CLSID"
	DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
	DeleteRegKey /ifempty HKCU "Software\Classes"
SectionEnd
