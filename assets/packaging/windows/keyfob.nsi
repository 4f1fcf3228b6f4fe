; The setup for one person: no administrator is asked, everything lies in that person's own folders.
; makensis -DVERSION=… -DPROGRAM=keyfob.exe -DOUT=… keyfob.nsi
Unicode true
Target amd64-unicode
!include MUI2.nsh

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Keyfob"

Name "Keyfob"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Keyfob"
RequestExecutionLevel user
ManifestDPIAware true
SetCompressor /SOLID lzma
BrandingText "Keyfob ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "Keyfob"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "Keyfob setup"
VIAddVersionKey LegalCopyright "MIT License"

!define MUI_ICON "..\..\app\keyfob.ico"
!define MUI_UNICON "..\..\app\keyfob.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\keyfob.exe"
!insertmacro MUI_PAGE_LICENSE "..\..\..\LICENSE"
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section
  SetOutPath "$INSTDIR"
  File /oname=keyfob.exe "${PROGRAM}"
  File /oname=licence.txt "..\..\..\LICENSE"
  File /oname=fonts-licence.txt "..\..\fonts\OFL.txt"
  File /oname=icons-licence.txt "..\..\icons\LICENSE"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Keyfob.lnk" "$INSTDIR\keyfob.exe"
  WriteRegStr HKCU "${UNINSTALL}" DisplayName "Keyfob"
  WriteRegStr HKCU "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" DisplayIcon "$INSTDIR\keyfob.exe"
  WriteRegStr HKCU "${UNINSTALL}" Publisher "The Keyfob project"
  WriteRegStr HKCU "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" NoModify 1
  WriteRegDWORD HKCU "${UNINSTALL}" NoRepair 1
SectionEnd

; Settings and the journal stay: they are the person's.
Section Uninstall
  ClearErrors
  Delete "$INSTDIR\keyfob.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONEXCLAMATION "Keyfob is running. Close its window, then uninstall it again." /SD IDOK
    SetErrorLevel 2
    Quit
  ${EndIf}
  Delete "$INSTDIR\licence.txt"
  Delete "$INSTDIR\fonts-licence.txt"
  Delete "$INSTDIR\icons-licence.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Keyfob.lnk"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
