/* Stands for Windows' icuuc.dll, which Wine lacks and Qt6Core imports: it knows no converters (error 4). */
typedef int E;
void *ucnv_open(const char*n,E*e){*e=4;return 0;}
void ucnv_close(void*c){} void ucnv_reset(void*c){} signed char ucnv_getMaxCharSize(void*c){return 1;}
const char*ucnv_getName(void*c,E*e){*e=4;return 0;}
void ucnv_getToUCallBack(void*c,void*a,void*b){} void ucnv_getFromUCallBack(void*c,void*a,void*b){}
void ucnv_setToUCallBack(void*c,void*a,void*b,void*d,void*f,E*e){*e=4;} void ucnv_setFromUCallBack(void*c,void*a,void*b,void*d,void*f,E*e){*e=4;}
void ucnv_fromUnicode(void*c,void*a,void*b,void*d,void*f,void*g,signed char h,E*e){*e=4;} void ucnv_toUnicode(void*c,void*a,void*b,void*d,void*f,void*g,signed char h,E*e){*e=4;}
int ucnv_countAvailable(void){return 0;} const char*ucnv_getAvailableName(int n){return 0;}
void ucnv_cbToUWriteUChars(void*a,void*b,int c,int d,E*e){*e=4;} void ucnv_cbFromUWriteUChars(void*a,void*b,void*c,int d,E*e){*e=4;}
int ucnv_toUCountPending(void*c,E*e){*e=4;return 0;} int ucnv_fromUCountPending(void*c,E*e){*e=4;return 0;}
const char*ucnv_getStandardName(const char*a,const char*b,E*e){*e=4;return 0;}
void UCNV_TO_U_CALLBACK_SUBSTITUTE(void*a){} void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void*a){}
