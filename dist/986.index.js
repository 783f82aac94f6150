const S=986,v=[986],C={33986:((I,h,s)=>{s.r(h),s.d(h,{cli:()=>R});var g=s(57975),E=s(63475),y=s(18199),m=s(19473),_=s(3174),f=s(80299);const w=`usage: deploy-action doctor [--<input> <value> \u2026]

Finds what would make the next run fail, before it runs: in the checkout that it is started in and, with the AWS
credentials of this terminal, in the account. What only a job on GitHub can know is listed as not checked.

  --environment <name>         environment of the config file
  --release <name>             release of the config file
  --config <file>              by default .github/deploy.yml
  --working-directory <dir>    folder of the app, without a config file
  --aws-region <region>        region, where the config has none
  --synth false                does not run the app
  --synth-twice false          runs it once only

Every other input of the command doctor works as well. The exit code is 1 when something is an error.
`,T=130,P={out:e=>process.stdout.write(e),error:e=>process.stderr.write(e)};async function R(e,o,i,c=P){const[r,...d]=e;if(r===void 0||e.includes("--help")||e.includes("-h"))return c.out(w),r===void 0?1:0;try{if(r!=="doctor")throw new RangeError(`'${r}' runs on GitHub only: here there is doctor`);return await D(d,o,i,c)}catch(t){const n=(0,m.IF)(t),a=t instanceof TypeError&&"code"in t&&String(t.code).startsWith("ERR_PARSE_ARGS");if(n===void 0&&!a&&!(t instanceof RangeError))throw t;return c.error(`${n===void 0?"":`${n.code}: `}${(0,m.bD)(n??t)}
`),1}}async function D(e,o,i,c){const{values:r}=(0,g.parseArgs)({args:[...e],options:M(),strict:!0}),d=(0,_.Ko)(u=>u==="command"?"doctor":r[u]??""),t=(0,f.QL)(o,()=>{}),n=new Map,a=O(i.runner,c,(u,A)=>n.set(u,A)),l={ports:{...i,runner:a},place:t,env:o,payload:{}},p=()=>{(0,E.restoreContextFile)(n.get(E.CONTEXT_FILE_STATE)??""),(0,f.CZ)(t.temp),process.exit(T)};process.once("SIGINT",p);try{const{failure:u}=await(0,y.doctor)({...d,summary:!1},l);return u===void 0?0:1}finally{process.off("SIGINT",p),(0,f.CZ)(t.temp)}}function M(){const e=new Set;return(0,_.Ko)(o=>(e.add(o),o==="command"?"doctor":"")),e.delete("command"),Object.fromEntries([...e].map(o=>[o,{type:"string"}]))}function O(e,{out:o,error:i},c){const r=n=>(a,l)=>{l?.file===void 0&&i(`${n}: ${a}
`)},d=new Set;let t=!1;return{...e,info:n=>{t||o(`${n}
`)},debug:()=>{},notice:r("notice"),warning:r("warning"),error:r("error"),group:async(n,a)=>{i(`${n}
`),t=!0;try{return await a()}finally{t=!1}},mask:n=>{n!==""&&d.add(n)},secrets:()=>[...d],output:()=>{},summary:()=>Promise.resolve(),saveState:c}}})};export{S as id,v as ids,C as modules};
