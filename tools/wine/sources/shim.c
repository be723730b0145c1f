/* Complex functions that Windows' C library has and Wine's lacks; NumPy's modules import them. w_NAME stands for NAME,
   and a complex number is handed over as Windows does it, as a struct. */
#include <complex.h>
#include <math.h>
typedef struct{float v[2];}F; typedef struct{double v[2];}D;
static float _Complex fc(F a){float _Complex z; __real__ z=a.v[0]; __imag__ z=a.v[1]; return z;}
static double _Complex dc(D a){double _Complex z; __real__ z=a.v[0]; __imag__ z=a.v[1]; return z;}
static F fs(float _Complex z){F r={{__real__ z,__imag__ z}};return r;}
static D ds(double _Complex z){D r={{__real__ z,__imag__ z}};return r;}
float w_cabsf(F a){return hypotf(a.v[0],a.v[1]);}
double w_cabsl(D a){return hypot(a.v[0],a.v[1]);}
double w_carg(D a){return atan2(a.v[1],a.v[0]);}
float w_cargf(F a){return atan2f(a.v[1],a.v[0]);}
double w_cargl(D a){return atan2(a.v[1],a.v[0]);}
D w_ccos(D a){return ds(ccos(dc(a)));}
F w_ccosf(F a){return fs(ccosf(fc(a)));}
D w_ccosh(D a){return ds(ccosh(dc(a)));}
F w_ccoshf(F a){return fs(ccoshf(fc(a)));}
D w_ccoshl(D a){return ds(ccosh(dc(a)));}
D w_ccosl(D a){return ds(ccos(dc(a)));}
D w_cexp(D a){return ds(cexp(dc(a)));}
F w_cexpf(F a){return fs(cexpf(fc(a)));}
D w_cexpl(D a){return ds(cexp(dc(a)));}
double w_cimag(D a){return a.v[1];}
float w_cimagf(F a){return a.v[1];}
double w_cimagl(D a){return a.v[1];}
D w_cpow(D a,D b){return ds(cpow(dc(a),dc(b)));}
F w_cpowf(F a,F b){return fs(cpowf(fc(a),fc(b)));}
D w_cpowl(D a,D b){return ds(cpow(dc(a),dc(b)));}
double w_creal(D a){return a.v[0];}
float w_crealf(F a){return a.v[0];}
double w_creall(D a){return a.v[0];}
D w_csin(D a){return ds(csin(dc(a)));}
F w_csinf(F a){return fs(csinf(fc(a)));}
D w_csinh(D a){return ds(csinh(dc(a)));}
F w_csinhf(F a){return fs(csinhf(fc(a)));}
D w_csinhl(D a){return ds(csinh(dc(a)));}
D w_csinl(D a){return ds(csin(dc(a)));}
D w_ctan(D a){return ds(ctan(dc(a)));}
F w_ctanf(F a){return fs(ctanf(fc(a)));}
D w_ctanh(D a){return ds(ctanh(dc(a)));}
F w_ctanhf(F a){return fs(ctanhf(fc(a)));}
D w_ctanhl(D a){return ds(ctanh(dc(a)));}
D w_ctanl(D a){return ds(ctan(dc(a)));}
