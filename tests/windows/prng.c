/* Wine 8 has no bcryptprimitives.dll, from which every program of a younger Rust takes its randomness. For tests only. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *bytes, SIZE_T length) { return RtlGenRandom(bytes, (ULONG)length); }
